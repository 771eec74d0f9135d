import type { Engagement, Person } from './engagement.ts';

/**
 * What identifies a person, each as one text: `email:jane@x.com`, `salesforce:00Q...`, `segment:main:019mr`.
 *
 * An anonymous ID is a browser, which people share; the `strong` keys are somebody's own. What they do to each other is
 * said in the store (`identify`).
 */
export interface Identity {
  strong: string[];
  anonymous?: string;
}

/** IDs of other systems hold within a connection only: contact 3 of one account is not contact 3 of another. */
export function identityOf(person: Person, source: string): Identity {
  const connection = source.slice(source.indexOf(':') + 1);
  const strong = Object.entries(person.externalIds ?? {}).map(([system, id]) => `${system}:${connection}:${id}`);
  if (person.email !== undefined) strong.unshift(`email:${person.email}`);
  if (person.salesforceId !== undefined) strong.unshift(`salesforce:${person.salesforceId}`);
  return person.anonymousId === undefined
    ? { strong }
    : { strong, anonymous: `anonymous:${connection}:${person.anonymousId}` };
}

/** Whether the source says who somebody is, rather than what somebody did. */
export const statesIdentity = ({ type }: Engagement): boolean => type === 'person.update' || type === 'person.merge';
