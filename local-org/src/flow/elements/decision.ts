import { compileConditions } from '../condition.ts';
import { allowOnly } from '../problem.ts';
import { SHOWN_ONLY, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Goes on with the first outcome that holds. */
export const decisions: ElementKind = {
  compile: (place, names, xml) => {
    allowOnly(place, xml, [...SHOWN_ONLY, 'rules', 'defaultConnector', 'defaultConnectorLabel']);
    const outcomes = xml.all('rules').map((rule) => {
      allowOnly(place, rule, [
        ...['name', 'label', 'description', 'conditionLogic', 'conditions', 'connector'],
        'doesRequireRecordChangedToMeetCriteria',
      ]);
      const logic = rule.text('conditionLogic');
      const holds = compileConditions(place, names, logic, rule.all('conditions'));
      return { holds, onlyWhenChanged: rule.flag('doesRequireRecordChangedToMeetCriteria'), next: target(rule) };
    });
    const otherwise = target(xml, 'defaultConnector');
    return {
      beforeSave: true,
      leadsTo: [...outcomes.map(({ next }) => next), otherwise],
      run: (interview) => {
        const outcome = outcomes.find(({ holds, onlyWhenChanged }) => {
          if (!holds(interview)) return false;
          const { prior } = interview;
          return !onlyWhenChanged || prior === null || !holds({ ...interview, record: prior, prior });
        });
        return outcome ? outcome.next : otherwise;
      },
    };
  },
};
