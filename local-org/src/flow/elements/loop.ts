import { copied, isCollection } from '../datum.ts';
import { allowOnly, refuse } from '../problem.ts';
import { compileReference, compileTarget } from '../reference.ts';
import { SHOWN_ONLY, stored, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Takes the items of a collection in turn. The item is a copy: what is done to it, the collection does not see. */
export const loops: ElementKind = {
  outputs: (place, names, xml) => {
    if (xml.text('assignNextValueToReference') !== undefined) return [];
    const name = xml.required('name');
    const item = () => ({
      ...compileReference(place, names, xml.required('collectionReference')),
      collection: false,
    });
    return [[name, () => stored(name, item())]];
  },
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      'assignNextValueToReference',
      'collectionReference',
      'iterationOrder',
      'nextValueConnector',
      'noMoreValuesConnector',
    ]);
    const name = xml.required('name');
    const reference = xml.required('collectionReference');
    const collection = compileReference(place, names, reference);
    if (!collection.collection) refuse(place, `"${reference}" is no collection`);
    const variable = xml.text('assignNextValueToReference');
    const item = variable === undefined ? undefined : compileTarget(place, names, variable);
    const backwards = xml.text('iterationOrder') === 'Desc';
    const [each, end] = [target(xml, 'nextValueConnector'), target(xml, 'noMoreValuesConnector')];
    return {
      beforeSave: true,
      leadsTo: [each, end],
      run: (interview) => {
        const items = () => {
          const all = collection.evaluate(interview);
          const list = isCollection(all) ? all : [];
          return backwards ? list.toReversed() : [...list];
        };
        const state = interview.loops.get(name) ?? { items: items(), next: 0 };
        if (state.next >= state.items.length) {
          interview.loops.delete(name);
          interview.values.delete(name);
          return end;
        }
        const value = copied(state.items[state.next++]!);
        interview.loops.set(name, state);
        if (item) item.set(interview, value);
        else interview.values.set(name, value);
        return each;
      },
    };
  },
};
