import { RowError } from '../../dml/row-error.ts';
import { datetimeText } from '../../time.ts';
import { requiredText, text, textOf, texts } from './action.ts';
import type { Action } from './action.ts';

const addresses = (list: string) =>
  list
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);

/** Send Email, with subject and body written in the flow. */
export const emailSimple: Action = {
  inputs: {
    emailAddresses: text,
    emailAddressesArray: texts,
    emailSubject: requiredText,
    emailBody: requiredText,
    ccRecipientAddressList: text,
    senderType: text,
    senderAddress: text,
    relatedRecordId: text,
    sendRichBody: { kind: { type: 'boolean' } },
    useLineBreaks: { kind: { type: 'boolean' } },
  },
  run: ({ host, now }, given) => {
    const list = (given.get('emailAddressesArray') ?? []) as readonly string[];
    const to = [...addresses(textOf(given, 'emailAddresses')), ...list];
    if (to.length === 0) throw new RowError('REQUIRED_FIELD_MISSING', 'Missing required input: emailAddresses');
    const relatedTo = textOf(given, 'relatedRecordId');
    host.send({
      kind: 'email',
      sentAt: datetimeText(now),
      to,
      cc: addresses(textOf(given, 'ccRecipientAddressList')),
      subject: textOf(given, 'emailSubject'),
      body: textOf(given, 'emailBody'),
      ...(relatedTo === '' ? {} : { relatedTo }),
    });
  },
};
