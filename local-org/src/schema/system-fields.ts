import type { FieldDefinition, ObjectDefinition } from './definition.ts';

const user = { type: 'reference', to: ['User'], access: 'read', required: true } as const;
const stamp = { type: 'datetime', access: 'read', required: true } as const;

/** The fields that the org itself keeps on each object; the rest of its definition goes between. */
export function withSystemFields({ fields, setup, isEvent, historyOf }: ObjectDefinition): FieldDefinition[] {
  if (isEvent)
    return [
      { name: 'ReplayId', label: 'Replay ID', type: 'string', length: 1000, access: 'read' },
      { name: 'CreatedDate', label: 'Created Date', ...stamp },
      { name: 'CreatedById', label: 'Created By ID', ...user },
      { name: 'EventUuid', label: 'Event UUID', type: 'string', length: 36, access: 'read' },
      ...fields,
    ];
  if (historyOf !== undefined)
    return [
      { name: 'Id', label: 'Record ID', type: 'id' },
      ...fields,
      { name: 'CreatedById', label: 'Created By ID', ...user },
      { name: 'CreatedDate', label: 'Created Date', ...stamp },
    ];
  return [
    { name: 'Id', label: 'Record ID', type: 'id' },
    ...(setup ? [] : [{ name: 'IsDeleted', label: 'Deleted', type: 'boolean', access: 'read' } as const]),
    ...fields,
    { name: 'CreatedDate', label: 'Created Date', ...stamp },
    { name: 'CreatedById', label: 'Created By ID', ...user },
    { name: 'LastModifiedDate', label: 'Last Modified Date', ...stamp },
    { name: 'LastModifiedById', label: 'Last Modified By ID', ...user },
    { name: 'SystemModstamp', label: 'System Modstamp', ...stamp },
  ];
}
