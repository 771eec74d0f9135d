import type { Engagement } from '../engagement/engagement.ts';

/** What happens to people or is done about them: who reads "last engagement" wants to know what the person did. */
const notByThem = /^((email|sms)\.(sent|delivered|defer|fail|bounce|drop|suppress)|(deal|person|score|tag|task)\..*)$/;

/** The latest engagement that the person had a hand in; `engagements` are in order of time. */
export const lastEngagement = (engagements: readonly Engagement[]): Engagement | undefined =>
  engagements.findLast(({ type, automated }) => !notByThem.test(type) && automated?.verdict !== 'machine');
