import type { Xml } from '../metadata/xml.ts';
import { LoadError } from '../errors.ts';

/** Where in a flow something is read, so that every refusal names flow and element. */
export interface Place {
  readonly flow: string;
  /** Such as `decisions "Who_Owns_It"`, or empty for the flow as a whole. */
  readonly element: string;
}

export function refuse({ flow, element }: Place, problem: string): never {
  throw new LoadError(`Flow ${flow}: ${element === '' ? '' : `element ${element}: `}${problem}`);
}

/** What the local org does not know in an element, it does not pass over. */
export function allowOnly(place: Place, xml: Xml, tags: readonly string[]): void {
  const unknown = xml.tags.find((tag) => !tags.includes(tag));
  if (unknown !== undefined) refuse(place, `<${unknown}> is not supported by the local org`);
}
