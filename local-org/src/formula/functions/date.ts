import { datetimeText, dateText } from '../../time.ts';
import type { FormulaFunction } from './function.ts';

export const date: Readonly<Record<string, FormulaFunction>> = {
  TODAY: {
    takes: [0, 0],
    compile: ({ place }) => ({ type: 'date', evaluate: (context) => dateText(place.now(context)) }),
  },
  NOW: {
    takes: [0, 0],
    compile: ({ place }) => ({ type: 'datetime', evaluate: (context) => datetimeText(place.now(context)) }),
  },
};
