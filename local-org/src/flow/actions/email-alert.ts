import { RowError } from '../../dml/row-error.ts';
import type { Xml } from '../../metadata/xml.ts';
import type { Row, SObject } from '../../schema/types.ts';
import { datetimeText } from '../../time.ts';
import type { Host } from '../host.ts';
import type { Names } from '../names.ts';
import { allowOnly, refuse, type Place } from '../problem.ts';
import { requiredText, textOf } from './action.ts';
import type { Action } from './action.ts';

type Addresses = (host: Host, row: Row) => readonly string[];

/** Whom an alert is sent to, by the type of the recipient. */
const recipients: Partial<Record<string, (place: Place, object: SObject, xml: Xml) => Addresses>> = {
  owner: () => emailOf('OwnerId'),
  creator: () => emailOf('CreatedById'),
  user: (_place, _object, xml) => {
    const username = xml.required('recipient');
    return (host) => [host.user(username)?.email ?? []].flat();
  },
  email: (place, object, xml) => {
    const name = xml.required('field');
    const field = object.field(name);
    if (field?.type !== 'email') return refuse(place, `${object.name}.${name} is no email field`);
    return (_host, row) => [(row[field.name] as string | null) ?? []].flat();
  },
};

const emailOf =
  (field: string): Addresses =>
  (host, row) => {
    const id = row[field] as string;
    return (id.startsWith('00G') ? host.members(id) : [id]).flatMap((each) => host.user(each)?.email ?? []);
  };

/** Send Email Alert, by its name such as `Lead.Hot_Lead`. Its template is named in the outbox, and not merged. */
export function emailAlert(place: Place, names: Names, name: string): Action {
  const { object, xml } = names.alert(name) ?? refuse(place, `there is no email alert ${name}`);
  const at = { ...place, element: `email alert "${name}"`, xml };
  allowOnly(at, xml, [
    ...['fullName', 'ccEmails', 'description', 'protected', 'recipients', 'senderAddress', 'senderType', 'template'],
  ]);
  const to = xml.all('recipients').map((recipient) => {
    const type = recipient.required('type');
    const compile = recipients[type] ?? refuse(at, `recipients of the type ${type} are not supported by the local org`);
    return compile(at, object, recipient);
  });
  return {
    inputs: { SObjectRowId: requiredText },
    run: ({ host, now }, given) => {
      const id = textOf(given, 'SObjectRowId');
      const row = host.find(object.name, id);
      if (!row) throw new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['SObjectRowId']);
      host.send({
        kind: 'email',
        sentAt: datetimeText(now),
        to: [...new Set(to.flatMap((addresses) => addresses(host, row)))],
        cc: xml.all('ccEmails').map(({ value }) => value),
        alert: name,
        template: xml.required('template'),
        relatedTo: id,
      });
    },
  };
}
