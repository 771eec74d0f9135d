import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openOrg } from '../../src/open.ts';
import type { Org, SaveResult } from '../../src/org.ts';
import type { Row } from '../../src/schema/types.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');

export interface FlowSettings {
  readonly status?: string;
  readonly apiVersion?: string;
  readonly more?: string;
}

/** A flow as its file holds it, with the given inner XML. */
export const flowFile = (xml: string, { status = 'Active', apiVersion = '66.0', more = '' }: FlowSettings = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>${apiVersion}</apiVersion><label>Under Test</label><processType>AutoLaunchedFlow</processType><status>${status}</status>${more}${xml}</Flow>`;

/** An org whose source folder holds these files. */
export function orgOf(files: Readonly<Record<string, string>>, clock: () => number = () => NOW, data?: string): Org {
  const source = mkdtempSync(join(tmpdir(), 'flow-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
  return openOrg({ source, clock, ...(data === undefined ? {} : { data }) });
}

/** An org with one flow, or with several by name. */
export function orgWith(
  xml: string | Readonly<Record<string, string>>,
  settings: FlowSettings = {},
  clock = () => NOW,
) {
  const flows = typeof xml === 'string' ? { Under_Test: xml } : xml;
  const files = Object.entries(flows).map(
    ([name, inner]) => [`flows/${name}.flow-meta.xml`, flowFile(inner, settings)] as const,
  );
  return orgOf(Object.fromEntries(files), clock);
}

export const start = (
  inner: string,
  { on = 'CreateAndUpdate', when = 'RecordAfterSave', to = 'Act', object = 'Lead' } = {},
) =>
  `<start><connector><targetReference>${to}</targetReference></connector>${inner}<object>${object}</object><recordTriggerType>${on}</recordTriggerType><triggerType>${when}</triggerType></start>`;
/** The start of a flow that only subflow elements and clients run. */
export const invoked = (to = 'Act') => `<start><connector><targetReference>${to}</targetReference></connector></start>`;

export const text = (value: string) => `<stringValue>${value}</stringValue>`;
export const number = (value: number) => `<numberValue>${value}</numberValue>`;
export const truth = (value: boolean) => `<booleanValue>${value}</booleanValue>`;
export const reference = (value: string) => `<elementReference>${value}</elementReference>`;
export const to = (name: string, tag = 'connector') => `<${tag}><targetReference>${name}</targetReference></${tag}>`;
export const filter = (field: string, operator: string, value: string) =>
  `<filters><field>${field}</field><operator>${operator}</operator><value>${value.startsWith('<') ? value : text(value)}</value></filters>`;
export const set = (field: string, value: string) =>
  `<inputAssignments><field>${field}</field><value>${value}</value></inputAssignments>`;
export const createTask = (...assignments: string[]) =>
  `<recordCreates><name>Act</name>${assignments.join('')}<object>Task</object></recordCreates>`;
export const updateRecord = (...assignments: string[]) =>
  `<recordUpdates><name>Act</name>${assignments.join('')}<inputReference>$Record</inputReference></recordUpdates>`;
export const variable = (name: string, type: string, more = '') =>
  `<variables><name>${name}</name><dataType>${type}</dataType>${more}</variables>`;
export const assign = (name: string, next: string, ...items: readonly (readonly [string, string, string])[]) =>
  `<assignments><name>${name}</name>${next ? to(next) : ''}${items
    .map(
      ([target, operator, value]) =>
        `<assignmentItems><assignToReference>${target}</assignToReference><operator>${operator}</operator><value>${value}</value></assignmentItems>`,
    )
    .join('')}</assignments>`;
export const formula = (name: string, type: string, expression: string) =>
  `<formulas><name>${name}</name><dataType>${type}</dataType><expression>${expression}</expression></formulas>`;
export const list = '<isCollection>true</isCollection>';
export const input = '<isInput>true</isInput>';
export const output = '<isOutput>true</isOutput>';

export const admin = (org: Org) => org.user('admin@local-org.example')!;
export const rep = (org: Org) => org.user('robin.reed@local-org.example')!;
export const rows = (org: Org, soql: string) => [...org.query(admin(org), soql).records];
export const insert = (org: Org, object: string, row: Row): SaveResult => org.insert(admin(org), object, [row])[0]!;
export const insertLead = (org: Org, row: Row = {}) =>
  insert(org, 'Lead', { LastName: 'Moss', Company: 'Fern', ...row });
export const update = (org: Org, object: string, row: Row): SaveResult => org.update(admin(org), object, [row])[0]!;

/** Runs the flow `Under_Test` of an org as its admin; its outputs, or why it failed. */
export function run(org: Org, inputs: Readonly<Record<string, unknown>> = {}) {
  const program = org.flows.invocable.find(({ name }) => name === 'Under_Test')!;
  const result = org.flows.invoke(admin(org), program, inputs);
  return result.success ? result.outputs : `${result.statusCode}: ${result.message}`;
}
