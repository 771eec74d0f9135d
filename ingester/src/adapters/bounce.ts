import type { Particulars } from '../engagement/engagement.ts';

type Class = NonNullable<Particulars['bounce']>['class'];

/** The class of a bounce from the sender's word for it and the SMTP code, as far as they tell. */
export function bounceClass(word = '', code = ''): Class {
  if (/block|spam/i.test(word)) return 'block';
  if (/hard|perm/i.test(word)) return 'hard';
  if (/soft|trans|temp/i.test(word)) return 'soft';
  if (code.startsWith('5')) return 'hard';
  return code.startsWith('4') ? 'soft' : 'unknown';
}
