import { ApiError } from '../errors.ts';
import type { Program, Variable } from '../flow/program.ts';
import { notFound, objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Route } from './route.ts';

const address = ({ version }: Call, name = '') => `/services/data/v${version}/actions/custom/flow${name && `/${name}`}`;

/** The autolaunched flows that can be run, as actions. */
const list = (call: Call) =>
  ok({
    actions: call.org.flows.invocable.map(({ name, label }) => ({
      label,
      name,
      type: 'FLOW',
      url: address(call, name),
    })),
  });

const describe = (call: Call) => {
  const { name, label, variables } = flowOf(call);
  const status = { name: 'Flow__InterviewStatus', label: 'Interview Status', type: 'PICKLIST', maxOccurs: 1 };
  return ok({
    name,
    label,
    type: 'FLOW',
    inputs: variables.filter(({ isInput }) => isInput).map(shownVariable),
    outputs: [...variables.filter(({ isOutput }) => isOutput).map(shownVariable), status],
    targetEntityName: null,
  });
};

function shownVariable({ name, kind: { type, object, collection } }: Variable) {
  const shown = { double: 'NUMBER', record: 'SOBJECT' }[type as string] ?? type.toUpperCase();
  return { name, label: name, type: shown, sobjectType: object?.name ?? null, maxOccurs: collection ? 2000 : 1 };
}

/** Runs the flow once for each of the inputs; each that fails is undone, and the others stand. */
function invoke(call: Call) {
  const { org, user } = call;
  const program = flowOf(call);
  const { inputs } = objectBody(call);
  if (!Array.isArray(inputs) || !inputs.every((each) => typeof each === 'object' && each !== null))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'inputs: a list with the inputs of each interview is expected');
  const results = (inputs as Record<string, unknown>[]).map((each) => {
    const outcome = org.flows.invoke(user, program, each);
    const common = {
      actionName: program.name,
      invocationId: null,
      isSuccess: outcome.success,
      sortOrder: -1,
      version: 1,
    };
    if (outcome.success) {
      const { guid, outputs } = outcome;
      const status = { Flow__InterviewGuid: guid, ...outputs, Flow__InterviewStatus: 'Finished' };
      return { ...common, errors: null, outputValues: status };
    }
    const { statusCode, message } = outcome;
    return { ...common, errors: [{ statusCode, message, fields: [] }], outputValues: null };
  });
  return { status: results.every(({ isSuccess }) => isSuccess) ? 200 : 400, body: results };
}

function flowOf({ org, params }: Call): Program {
  const program = org.flows.invocable.find(({ name }) => name === params['flow']);
  if (!program) throw notFound();
  return program;
}

export const flowActions: Route[] = [
  { method: 'GET', path: '/actions/custom/flow', handle: list },
  { method: 'GET', path: '/actions/custom/flow/:flow', handle: describe },
  { method: 'POST', path: '/actions/custom/flow/:flow', handle: invoke },
];
