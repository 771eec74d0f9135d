import { ApiError, invalidField } from '../errors.ts';
import type { SaveError } from '../org.ts';
import type { Row, SObject, Value } from '../schema/types.ts';
import { knownObject, objectBody } from './request.ts';
import type { Call, Reply, Route } from './route.ts';

const most = 200;
const deepest = 5;

type Node = Readonly<Record<string, unknown>> & {
  readonly attributes?: { readonly type?: string; readonly referenceId?: string };
};

interface Result {
  readonly referenceId: string;
  readonly id?: string;
  readonly errors?: readonly SaveError[];
}

/** Creates records with their children, all or none: level by level, each below the parents just created. */
function create(call: Call): Reply {
  const object = knownObject(call);
  const { records } = objectBody(call);
  const seen = new Set<string>();
  const results: Result[] = [];
  const level = (nodes: readonly Node[], type: SObject, lookup: Row, depth: number): void => {
    if (depth > deepest) throw tooMuch(`more than ${deepest} levels`);
    for (const node of nodes) {
      const { referenceId } = checked(node, type, seen);
      if (seen.size > most) throw tooMuch(`more than ${most} records`);
      const { row, children } = split(node, type);
      const [result] = call.org.insert(call.user, type.name, [{ ...row, ...lookup }]);
      const { id, success, errors } = result!;
      if (!success) throw new Refused({ referenceId, errors });
      results.push({ referenceId, id: id! });
      for (const { name, nodes: below } of children) {
        const { object: child, field } = type.children(name)!;
        level(below, call.org.schema.object(child)!, { [field.name]: id! }, depth + 1);
      }
    }
  };
  try {
    call.org.transaction(() => {
      level(listOf(records, 'records'), object, {}, 1);
    });
    return { status: 201, body: { hasErrors: false, results } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: 400, body: { hasErrors: true, results: [error.result] } };
  }
}

/** The first record that cannot be created; nothing of the tree is kept. */
class Refused extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super('refused');
    this.result = result;
  }
}

/** A node's own fields, and the records below it by relationship. */
function split(node: Node, type: SObject) {
  const entries = Object.entries(node).filter(([name]) => name !== 'attributes');
  const isList = ([name, value]: [string, unknown]) =>
    type.children(name) !== undefined && typeof value === 'object' && value !== null && 'records' in value;
  return {
    row: Object.fromEntries(entries.filter((entry) => !isList(entry))) as Record<string, Value>,
    children: entries
      .filter(isList)
      .map(([name, value]) => ({ name, nodes: listOf((value as { records: unknown }).records, name) })),
  };
}

function checked({ attributes }: Node, type: SObject, seen: Set<string>): { referenceId: string } {
  const { type: named, referenceId } = attributes ?? {};
  if (named?.toLowerCase() !== type.name.toLowerCase())
    throw new ApiError(400, 'INVALID_INPUT', `attributes.type: ${type.name} is expected`);
  if (!referenceId) throw new ApiError(400, 'INVALID_INPUT', 'attributes.referenceId is missing');
  if (seen.has(referenceId)) throw new ApiError(400, 'INVALID_INPUT', `Duplicate ReferenceId provided: ${referenceId}`);
  seen.add(referenceId);
  return { referenceId };
}

function listOf(records: unknown, name: string): Node[] {
  if (!Array.isArray(records) || records.some((record) => typeof record !== 'object' || record === null))
    throw invalidField(`${name}: a list of records is expected`);
  return records as Node[];
}

const tooMuch = (what: string) => new ApiError(400, 'LIMIT_EXCEEDED', `a tree cannot contain ${what}`);

export const trees: Route[] = [{ method: 'POST', path: '/composite/tree/:object', handle: create }];
