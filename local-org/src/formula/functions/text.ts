import { asText } from '../term.ts';
import type { FormulaFunction } from './function.ts';

export const text: Readonly<Record<string, FormulaFunction>> = {
  TEXT: {
    takes: [1, 1],
    compile: ({ given: [term] }) => ({
      type: 'text',
      evaluate: (context) => asText(term!.evaluate(context)),
    }),
  },
};
