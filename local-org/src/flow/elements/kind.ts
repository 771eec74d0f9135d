import type { Xml } from '../../metadata/xml.ts';
import type { Kind } from '../kind.ts';
import type { Names } from '../names.ts';
import { refuse, type Place } from '../problem.ts';
import type { Expression, Step } from '../program.ts';

/** How one kind of element is compiled. */
export interface ElementKind {
  /** What other elements find under its name, or under `Name.output`, where it stores something itself. */
  readonly outputs?: (place: Place, names: Names, xml: Xml) => readonly (readonly [string, () => Expression])[];
  readonly compile: (place: Place, names: Names, xml: Xml) => Omit<Step, 'element'>;
}

/** What every element may have; it changes nothing about what the element does. */
export const SHOWN_ONLY = ['name', 'label', 'description', 'locationX', 'locationY', 'elementSubtype'];

/** The element that a connector leads to. */
export const target = (xml: Xml, connector = 'connector'): string | undefined =>
  xml.one(connector)?.required('targetReference');

/** What an interview holds under a name. */
export const stored = (name: string, kind: Kind): Expression => ({
  ...kind,
  evaluate: ({ values }) => values.get(name) ?? (kind.collection ? [] : null),
});

export function objectOf(place: Place, { schema }: Names, xml: Xml) {
  const name = xml.required('object');
  return schema.object(name) ?? refuse(place, `there is no object ${name}`);
}
