import { copied } from '../datum.ts';
import { takes } from '../kind.ts';
import { allowOnly, refuse } from '../problem.ts';
import { compileTarget } from '../reference.ts';
import { runFlow } from '../run.ts';
import { compileValue } from '../value.ts';
import { SHOWN_ONLY, stored, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Runs another autolaunched flow within the same interview, and the same limits. */
export const subflows: ElementKind = {
  outputs: (_place, names, xml) => {
    if (!xml.flag('storeOutputAutomatically')) return [];
    const outputs = (names.parametersOf(xml.required('flowName')) ?? []).filter(({ isOutput }) => isOutput);
    return outputs.map(({ name, kind }) => {
      const whole = `${xml.required('name')}.${name}`;
      return [whole, () => stored(whole, kind)] as const;
    });
  },
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      ...['connector', 'flowName', 'inputAssignments', 'outputAssignments', 'storeOutputAutomatically'],
    ]);
    const element = xml.required('name');
    const flowName = xml.required('flowName');
    const parameters =
      names.parametersOf(flowName) ?? refuse(place, `${flowName} is not an active autolaunched flow without a trigger`);
    const parameter = (name: string, access: 'isInput' | 'isOutput') =>
      parameters.find((each) => each.name === name && each[access]) ??
      refuse(place, `${flowName} has no ${access === 'isInput' ? 'input' : 'output'} variable ${name}`);
    const inputs = xml.all('inputAssignments').map((input) => {
      const name = input.required('name');
      const value = compileValue(place, names, input.one('value'));
      if (!takes(parameter(name, 'isInput').kind, value)) refuse(place, `the input ${name} is of another type`);
      return { name, value };
    });
    const outputs = xml.all('outputAssignments').map((output) => {
      const name = output.required('name');
      const to = compileTarget(place, names, output.required('assignToReference'));
      if (!takes(to, parameter(name, 'isOutput').kind)) refuse(place, `the output ${name} is of another type`);
      return { name, to };
    });
    const stores = xml.flag('storeOutputAutomatically');
    const next = target(xml);
    return {
      beforeSave: false,
      leadsTo: [next],
      run: (interview) => {
        const given = inputs.map(({ name, value }) => [name, copied(value.evaluate(interview))] as const);
        const program = interview.host.flow(flowName)!;
        const inner = { ...interview, values: new Map(given), loops: new Map(), fault: null };
        runFlow(program, inner);
        for (const { name, to } of outputs) to.set(interview, inner.values.get(name) ?? null);
        if (stores)
          for (const { name, isOutput } of program.variables)
            if (isOutput) interview.values.set(`${element}.${name}`, inner.values.get(name) ?? null);
        return next;
      },
    };
  },
};
