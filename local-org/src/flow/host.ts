import type { Dml, SaveContext } from '../dml/dml.ts';
import { insert } from '../dml/insert.ts';
import { remove } from '../dml/remove.ts';
import { RowError } from '../dml/row-error.ts';
import { update } from '../dml/update.ts';
import type { SaveResult, User } from '../org.ts';
import type { Field, Row, SObject, Value } from '../schema/types.ts';
import type { Soql } from '../soql/run.ts';
import { compute } from './compute.ts';
import type { Message, Outbox } from './outbox.ts';
import type { Program } from './program.ts';

/** What an interview can do with its org. What Salesforce would refuse throws a RowError or an ApiError. */
export interface Host {
  /** The stored fields of a record. */
  read(object: SObject, id: string): Row | undefined;
  /** A record of a standard object. */
  find(object: string, id: string): Row | undefined;
  /** A computed field of a row, whether the row is stored or about to be. */
  compute(object: SObject, row: Row, field: Field): Value;
  /** The IDs of the records that a SOQL condition selects. */
  select(object: SObject, query: Query): string[];
  /** All rows or none; returns the IDs. */
  create(object: SObject, rows: readonly Row[]): string[];
  update(object: SObject, rows: readonly Row[]): void;
  remove(ids: readonly string[]): void;
  /** The user, if active. */
  user(id: string): User | undefined;
  /** The IDs of the users in a group or queue. */
  members(group: string): string[];
  send(message: Message): void;
  /** An active autolaunched flow. */
  flow(name: string): Program | undefined;
}

export interface Query {
  /** Empty: all records. */
  readonly where: string;
  readonly orderBy: string;
  readonly limit: number;
}

/** What interviews work with, whoever's they are. */
export interface Surroundings {
  readonly dml: Dml;
  readonly soql: Soql;
  readonly outbox: Outbox;
  readonly user: (idOrUsername: string) => User | undefined;
  readonly flow: (name: string) => Program | undefined;
}

/** What interviews can do that save in this context. */
export function hostFor({ dml, soql, outbox, user, flow }: Surroundings, context: SaveContext): Host {
  const seen = context.permitted ? soql.seeing(context.permitted) : soql;
  const object = (name: string) => dml.schema.object(name)!;
  const allOrNone = { allOrNone: true };
  const reachable = (of: SObject): SObject => {
    if (!context.permitted || context.permitted.object(of.name)) return of;
    throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', `insufficient access rights on ${of.name}`);
  };
  const ids = (query: string): string[] => {
    const found: string[] = [];
    for (let page = seen.query(query); ; page = seen.queryMore(page.nextRecordsUrl!.split('/').at(-1)!)) {
      found.push(...page.records.map(({ Id }) => Id as string));
      if (page.done) return found;
    }
  };
  const members = (group: string): string[] =>
    dml.records.find(object('GroupMember'), object('GroupMember').field('GroupId')!, group).flatMap((id) => {
      const member = dml.records.read(object('GroupMember'), id)!['UserOrGroupId'] as string;
      return member.startsWith('00G') ? members(member) : [member];
    });
  return {
    read: (of, id) => dml.records.read(of, id),
    find: (name, id) => dml.records.read(object(name), id),
    compute: (of, row, field) => compute(dml.database, of, row, field),
    select: ({ name }, { where, orderBy, limit }) =>
      ids(`SELECT Id FROM ${name} ${where && `WHERE ${where}`} ${orderBy} LIMIT ${limit}`),
    create: (of, rows) =>
      insert(dml, context, reachable(of), rows, allOrNone).map((result, i, all) => saved(result, i, all).id!),
    update: (of, rows) => {
      update(dml, context, reachable(of), rows, allOrNone).forEach(saved);
    },
    remove: (given) => {
      remove(dml, context, given, allOrNone).forEach(saved);
    },
    user,
    members,
    send: (message) => {
      outbox.add(message);
    },
    flow,
  };
}

/** The first real refusal stands for all; the rows beside it say only that they were rolled back. */
function saved(result: SaveResult, _index: number, all: readonly SaveResult[]): SaveResult {
  if (result.success) return result;
  const refused = all.find(({ errors }) => errors[0]?.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK') ?? result;
  const [error] = refused.errors;
  throw new RowError(error!.statusCode, error!.message, error!.fields);
}
