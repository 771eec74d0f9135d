import type { Xml } from '../metadata/xml.ts';
import { compileFlowFormula } from './formula.ts';
import { declaredKind, kindName, scalarType, takes } from './kind.ts';
import type { Names } from './names.ts';
import { allowOnly, refuse, type Place } from './problem.ts';
import type { Expression, Scalar } from './program.ts';
import { scalar } from './reference.ts';
import { compileText } from './text.ts';
import { compileValue } from './value.ts';

type Compile = (place: Place, names: Names, xml: Xml) => Expression;

/** Resources that are no variables, by their tag: each is computed when it is read. */
export const resources: Readonly<Record<string, Compile>> = {
  constants: (place, names, xml) => {
    allowOnly(place, xml, ['name', 'description', 'dataType', 'value']);
    const type = scalarType(place, xml);
    const value = scalar(place, xml.required('name'), compileValue(place, names, xml.one('value')));
    if (!takes({ type }, value)) refuse(place, `a ${kindName({ type })} constant takes no ${kindName(value)}`);
    return { type, evaluate: value.evaluate };
  },
  formulas: (place, names, xml): Scalar => {
    allowOnly(place, xml, ['name', 'description', 'dataType', 'expression', 'scale']);
    const type = scalarType(place, xml);
    const formula = compileFlowFormula(place, names, xml.required('expression'));
    return { type, evaluate: formula.evaluate };
  },
  textTemplates: (place, names, xml) => {
    allowOnly(place, xml, ['name', 'description', 'isViewedAsPlainText', 'text']);
    return compileText(place, names, xml.required('text'));
  },
};

/** A variable as its flow, and those that call it, see it. */
export function declareVariable(place: Place, schema: Names['schema'], xml: Xml) {
  allowOnly(place, xml, [
    ...['name', 'description', 'dataType', 'isCollection', 'isInput', 'isOutput', 'objectType', 'scale', 'value'],
  ]);
  return {
    name: xml.required('name'),
    kind: declaredKind(place, schema, xml),
    isInput: xml.flag('isInput'),
    isOutput: xml.flag('isOutput'),
  };
}
