import type { Xml } from '../metadata/xml.ts';
import { LoadError } from '../errors.ts';

/** Where in a flow something is read, so that every refusal names flow and element. */
export interface Place {
  readonly flow: string;
  /** Such as `decisions "Who_Owns_It"`, or empty for the flow as a whole. */
  readonly element: string;
  readonly xml: Xml;
}

export const placeOf = (flow: string, tag: string, xml: Xml): Place => ({
  flow,
  element: `${tag} "${xml.text('name') ?? ''}"`,
  xml,
});

export function refuse({ flow, element, xml }: Place, what: string): never {
  const problem = `${element === '' ? '' : `element ${element}: `}${what}`;
  throw new LoadError(`Flow ${flow}: ${problem}`, { problem, ...xml.place });
}

/** What the local org does not know in an element, it does not pass over. */
export function allowOnly(place: Place, xml: Xml, tags: readonly string[]): void {
  const unknown = xml.tags.find((tag) => !tags.includes(tag));
  if (unknown !== undefined)
    refuse({ ...place, xml: xml.one(unknown)! }, `<${unknown}> is not supported by the local org`);
}
