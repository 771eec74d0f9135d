import type { Names } from '../names.ts';
import type { Place } from '../problem.ts';
import type { Action } from './action.ts';
import { customNotificationAction } from './custom-notification.ts';
import { emailAlert } from './email-alert.ts';
import { emailSimple } from './email-simple.ts';

/** The actions that the local org has, by type; each looks at the name, and refuses one that it does not know. */
export const actions: ReadonlyMap<string, (place: Place, names: Names, name: string) => Action> = new Map([
  ['customNotificationAction', () => customNotificationAction],
  ['emailSimple', () => emailSimple],
  ['emailAlert', emailAlert],
]);
