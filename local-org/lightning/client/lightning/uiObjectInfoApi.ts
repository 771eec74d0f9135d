import { rest } from 'host/rest';
import { FetchingWire, type Result } from 'host/wire';

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
export class getObjectInfo extends FetchingWire<Config, ObjectInfo> {
  isComplete(config: Config): boolean {
    return Boolean(nameOf(config));
  }

  fetch(config: Config): Promise<ObjectInfo> {
    return rest(`/ui-api/object-info/${nameOf(config)}`);
  }

  value(data?: ObjectInfo, error?: unknown): Result<ObjectInfo> {
    return { data, error };
  }
}
