import { RowError } from '../../dml/row-error.ts';
import { datetimeText } from '../../time.ts';
import type { Interview } from '../program.ts';
import { requiredText, text, textOf, texts } from './action.ts';
import type { Action } from './action.ts';

const MOST_RECIPIENTS = 500;
const lengths = { title: 250, body: 750 } as const;

/** Send Custom Notification: to users, and to the members of groups and queues. */
export const customNotificationAction: Action = {
  inputs: {
    customNotifTypeId: requiredText,
    recipientIds: { ...texts, required: true },
    title: text,
    body: requiredText,
    targetId: text,
    targetPageRef: text,
    senderId: text,
  },
  run: (interview, given) => {
    const { host, now } = interview;
    for (const [name, most] of Object.entries(lengths))
      if (textOf(given, name).length > most)
        throw new RowError('STRING_TOO_LONG', `${name}: data value too large (max length=${most})`);
    const target = textOf(given, 'targetId') || textOf(given, 'targetPageRef');
    if (target === '') throw new RowError('MISSING_ARGUMENT', 'Missing required input parameter: targetId');
    const ids = given.get('recipientIds') as readonly string[];
    if (ids.length > MOST_RECIPIENTS)
      throw new RowError('LIMIT_EXCEEDED', `the number of recipients exceeds ${MOST_RECIPIENTS}`);
    host.send({
      kind: 'notification',
      sentAt: datetimeText(now),
      type: typeName(interview, textOf(given, 'customNotifTypeId')),
      recipients: [...new Set(ids.flatMap((id) => usersOf(interview, id)))],
      title: textOf(given, 'title'),
      body: textOf(given, 'body'),
      target,
    });
  },
};

function typeName({ host }: Interview, id: string): string {
  const row = host.find('CustomNotificationType', id);
  if (row) return row['DeveloperName'] as string;
  throw new RowError('INVALID_INPUT', `there is no custom notification type ${id}`);
}

/** An active user, or the active users of a group or queue. */
function usersOf({ host }: Interview, id: string): string[] {
  if (id.startsWith('005')) return host.user(id) ? [id] : [];
  if (id.startsWith('00G')) return host.members(id).filter((member) => host.user(member));
  throw new RowError('INVALID_INPUT', `${id} is not the ID of a user, a group or a queue`);
}
