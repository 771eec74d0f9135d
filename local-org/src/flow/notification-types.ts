import type { Dml } from '../dml/dml.ts';
import type { Xml } from '../metadata/xml.ts';
import type { User } from '../org.ts';
import { addRecord } from '../seed.ts';

/** Brings the custom notification types of the store up to the source; flows find them by their developer name. */
export function installNotificationTypes(dml: Dml, admin: User, types: ReadonlyMap<string, Xml>): void {
  const object = dml.schema.object('CustomNotificationType')!;
  for (const [DeveloperName, xml] of types) {
    const row = {
      DeveloperName,
      MasterLabel: xml.required('masterLabel'),
      CustomNotifTypeName: xml.required('customNotifTypeName'),
      Description: xml.text('description') ?? null,
      Desktop: xml.flag('desktop'),
      Mobile: xml.flag('mobile'),
    };
    const [id] = dml.records.find(object, object.field('DeveloperName')!, DeveloperName);
    if (id === undefined) addRecord(dml, admin, object.name, row);
    else dml.records.update(object, id, row);
  }
}
