import { datetimeText, dateText } from '../time.ts';
import { FlowRecord } from './datum.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Expression, Interview } from './program.ts';
import type { FieldPath } from './reference.ts';

type Global = (place: Place, names: Names, path: readonly string[], fieldPath: FieldPath) => Expression;

const flow: Readonly<Record<string, Expression>> = {
  CurrentDate: { type: 'date', evaluate: ({ now }) => dateText(now) },
  CurrentDateTime: { type: 'datetime', evaluate: ({ now }) => datetimeText(now) },
  FaultMessage: { type: 'textarea', evaluate: ({ fault }) => fault },
  InterviewGuid: { type: 'string', evaluate: ({ guid }) => guid },
};

/** A record that every interview has at hand, such as the running user. */
const record =
  (root: string, objectName: string, id: (interview: Interview) => string): Global =>
  (place, names, path, fieldPath) => {
    const object = names.schema.object(objectName)!;
    const evaluate = (interview: Interview) => {
      const row = interview.host.read(object, id(interview));
      return row ? new FlowRecord(object, row) : null;
    };
    if (path.length !== 1) return refuse(place, `"${[root, ...path].join('.')}" is not known to the local org`);
    return fieldPath(place, names, { type: 'record', object, evaluate }, path, `${root}.${path[0]!}`);
  };

const organization: Global = (place, names, path, fieldPath) =>
  record('$Organization', 'Organization', ({ host }) => {
    const [id] = host.select(names.schema.object('Organization')!, { where: '', orderBy: '', limit: 1 });
    return id!;
  })(place, names, path, fieldPath);

/** The names that begin with a dollar sign, but for the triggering record. */
export const globals: Readonly<Record<string, Global>> = {
  $Flow: (place, _, path) =>
    flow[path.join('.')] ?? refuse(place, `"$Flow.${path.join('.')}" is not known to the local org`),
  $User: record('$User', 'User', ({ user }) => user.id),
  $Organization: organization,
};
