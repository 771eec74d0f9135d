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
