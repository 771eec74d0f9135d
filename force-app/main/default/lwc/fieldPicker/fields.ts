import type { FieldInfo, ObjectInfo } from 'lightning/uiObjectInfoApi';

/** The field that a path leads to. */
export interface DescribedField {
  objectApiName: string;
  fieldApiName: string;
  dataType: string;
}

interface Option {
  label: string;
  value: string;
}

/** Fields by their labels, and after them the parents, whose value ends with a dot. */
export function optionsOf({ fields }: ObjectInfo): Option[] {
  const all = Object.values(fields);
  const own = all.map(({ apiName, label }) => ({ label, value: apiName }));
  const parents = all.flatMap((field) =>
    field.relationshipName ? [{ label: `${parentLabel(field)} ›`, value: `${field.relationshipName}.` }] : [],
  );
  return [...sorted(own), ...sorted(parents)];
}

const sorted = (options: Option[]): Option[] => options.sort((a, b) => a.label.localeCompare(b.label));

/** A lookup is called after its parent; the standard ones say "ID" at their end. */
const parentLabel = ({ label }: FieldInfo): string => label.replace(/ ID$/, '');

/** The object at the end of a relationship; of several that it may be, users, as owners mostly are. */
export function parentOf(
  { fields }: ObjectInfo,
  relationship: string,
): { objectApiName: string; label: string } | undefined {
  const field = Object.values(fields).find(({ relationshipName }) => relationshipName === relationship);
  const objects = field?.referenceToInfos.map(({ apiName }) => apiName) ?? [];
  const objectApiName = objects.includes('User') ? 'User' : objects[0];
  return field && objectApiName ? { objectApiName, label: parentLabel(field) } : undefined;
}
