/** The vocabulary of engagement types: section 1 of the contract. */
const names: Record<string, string> = {
  email: 'sent delivered defer bounce drop open click reply forward share complaint unsubscribe resubscribe suppress',
  sms: 'sent delivered fail click reply unsubscribe',
  list: 'subscribe unsubscribe',
  form: 'submit',
  page: 'view',
  meeting: 'book cancel no_show',
  tag: 'add remove',
  campaign: 'respond',
  task: 'complete',
  deal: 'add update stage task_add task_complete note',
  person: 'update merge',
  score: 'adjust',
};

const vocabulary = new Set(
  Object.entries(names).flatMap(([group, verbs]) => verbs.split(' ').map((verb) => `${group}.${verb}`)),
);

const LONGEST = 255;

/** `custom.*` from the sender's own event name: lower case, every other character than a-z and 0-9 as `_`. */
export const customType = (name: string): string =>
  `custom.${name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '_')}`.slice(0, LONGEST);

/** A source's own event names and the types that they mean; any other name is `custom.*`. */
export function typeTable(names: Record<string, string>): (name: string) => string {
  const types = new Map(Object.entries(names));
  return (name) => types.get(name) ?? customType(name);
}

/** The type that a sender means who may know our vocabulary: the type itself, or its own name as `custom.*`. */
export function namedType(name: string): string {
  const type = name.trim().toLowerCase();
  if (vocabulary.has(type)) return type;
  return customType(type.startsWith('custom.') ? type.slice('custom.'.length) : type);
}

/** As `namedType`, also where the type stands at the end of a reverse-DNS name: `com.example.email.open.v1`. */
export function qualifiedType(name: string): string {
  const parts = name
    .trim()
    .toLowerCase()
    .replace(/\.v\d+$/, '')
    .split('.');
  const type = parts.slice(-2).join('.');
  return vocabulary.has(type) ? type : namedType(name);
}
