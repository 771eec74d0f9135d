import type { Identity } from '../engagement/identity.ts';

/** Who has which keys; a store fills it from its tables. */
export interface People {
  personOf(key: string): number | undefined;
  keysOf(person: number): Iterable<string>;
  create(): number;
  /** Makes the key this person's; whether it was not before. */
  give(key: string, person: number): boolean;
  /** Makes all that `other` has and did this person's; there is no other after that. */
  unite(person: number, other: number): void;
  /** New keys may lead to other records: forgets when we last looked. */
  noteNewKeys(person: number): void;
}

/**
 * The person with these keys, made where nobody has any. Keys of several people unite them, with two exceptions:
 *
 * - People with different addresses stay apart unless the sender `states` who is who (identify, alias, a changed
 *   contact). A contact ID or user ID that merely turns up with another address belongs to that one from now on. People
 *   wrongly united would score each other's leads; people wrongly apart are united by the next statement.
 * - An anonymous key is a browser. It brings its person along only while that one has no other key: then it is what we
 *   knew of this person so far, otherwise somebody else has used the same browser.
 */
export function identify(people: People, { strong, anonymous }: Identity, states: boolean): number | undefined {
  const keys = anonymous === undefined ? strong : [...strong, anonymous];
  if (keys.length === 0) return undefined;
  const address = strong.find((key) => key.startsWith('email:'));
  const ofAddress = address === undefined ? undefined : people.personOf(address);
  const owners = strong.map((key) => people.personOf(key)).filter((person) => person !== undefined);
  const joins = (person: number) => states || address === undefined || !hasAddress(people, person);
  const person = ofAddress ?? owners.find(joins) ?? ofVisitor(people, strong, anonymous) ?? people.create();

  const others = new Set(owners.filter((other) => other !== person && joins(other)));
  const visitor = ofVisitor(people, strong, anonymous);
  if (visitor !== undefined && visitor !== person) others.add(visitor);
  for (const other of others) people.unite(person, other);
  const news = keys.filter((key) => people.give(key, person));
  if (news.length + others.size > 0) people.noteNewKeys(person);
  return person;
}

/** The person behind an anonymous key, if this is who has the other keys too, as far as we can know. */
function ofVisitor(people: People, strong: string[], anonymous: string | undefined): number | undefined {
  const visitor = anonymous === undefined ? undefined : people.personOf(anonymous);
  return visitor !== undefined && (strong.length === 0 || !isKnown(people, visitor)) ? visitor : undefined;
}

const isKnown = (people: People, person: number) =>
  [...people.keysOf(person)].some((key) => !key.startsWith('anonymous:'));

const hasAddress = (people: People, person: number) =>
  [...people.keysOf(person)].some((key) => key.startsWith('email:'));
