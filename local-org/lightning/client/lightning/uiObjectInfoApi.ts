import { rest } from 'host/rest';
import { dataOrError, fetchingWire, type Result } from 'host/wire';

export interface ObjectInfo {
  apiName: string;
  label: string;
  labelPlural: string;
  nameFields: string[];
  fields: Record<string, { apiName: string; label: string; dataType: string; relationshipName: string | null }>;
}

interface Config {
  objectApiName?: string | { objectApiName: string };
}

const nameOf = ({ objectApiName }: Config): string | undefined =>
  typeof objectApiName === 'object' ? objectApiName.objectApiName : objectApiName;

/** Wire adapter: labels and types of an object's fields. */
export const getObjectInfo = fetchingWire<Config, ObjectInfo, Result<ObjectInfo>>({
  isComplete: (config) => Boolean(nameOf(config)),
  fetch: (config) => rest(`/ui-api/object-info/${nameOf(config)}`),
  value: dataOrError,
});

interface PicklistConfig {
  recordTypeId?: string;
  fieldApiName?: string | { objectApiName: string; fieldApiName: string };
}

export interface PicklistValues {
  values: { label: string; value: string }[];
}

const pathOf = ({ recordTypeId, fieldApiName }: PicklistConfig): string => {
  const field =
    typeof fieldApiName === 'object'
      ? `${fieldApiName.objectApiName}.${fieldApiName.fieldApiName}`
      : (fieldApiName ?? '');
  const [object, name] = field.split('.');
  return `/ui-api/object-info/${object}/picklist-values/${recordTypeId}/${name}`;
};

/** Wire adapter: the values of a picklist field. */
export const getPicklistValues = fetchingWire<PicklistConfig, PicklistValues, Result<PicklistValues>>({
  isComplete: ({ recordTypeId, fieldApiName }) => Boolean(recordTypeId && fieldApiName),
  fetch: (config) => rest(pathOf(config)),
  value: dataOrError,
});
