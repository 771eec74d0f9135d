import { XMLParser } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { NotSupported } from '../errors.ts';
import { answerError } from '../rest/errors.ts';
import { elements } from '../xml.ts';
import { children } from './node.ts';
import type { Node } from './node.ts';

const parser = new XMLParser({
  parseTagValue: false,
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
});

/** The header, and the call with its element. */
export function readEnvelope(body: unknown): { header: Node; call: string; node: Node } {
  const [envelope = ''] = children(parser.parse(typeof body === 'string' ? body : '') as Node, 'Envelope');
  const [header = ''] = children(envelope, 'Header');
  const [content = ''] = children(envelope, 'Body');
  const call = Object.keys(content).find((name) => !/^[@#]/.test(name)) ?? '';
  return { header, call, node: children(content, call)[0] ?? '' };
}

export const answer = (reply: FastifyReply, body: string) =>
  reply
    .type('text/xml; charset=UTF-8')
    .send(
      `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
    );

/** Answers what a call throws as a fault. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler((error, _, reply) => {
    const [{ errorCode, message }] = answerError(error).body as [{ errorCode: string; message: string }];
    const fault = { faultcode: `sf:${errorCode}`, faultstring: `${errorCode}: ${message}` };
    return answer(
      reply.code(error instanceof NotSupported ? 501 : 500),
      `<soapenv:Fault>${elements(fault)}</soapenv:Fault>`,
    );
  });
}
