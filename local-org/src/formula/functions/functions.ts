import { date } from './date.ts';
import type { FormulaFunction } from './function.ts';
import { logic } from './logic.ts';
import { text } from './text.ts';

/** Every function that formulas can call, by its name in capitals. */
export const functions: Readonly<Record<string, FormulaFunction>> = { ...logic, ...text, ...date };
