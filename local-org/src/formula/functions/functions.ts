import { date } from './date.ts';
import type { FormulaFunction } from './function.ts';
import { logic } from './logic.ts';
import { number } from './number.ts';
import { save } from './save.ts';
import { text } from './text.ts';

/** Every function that formulas can call, by its name in capitals. */
export const functions: Readonly<Record<string, FormulaFunction>> = { ...logic, ...text, ...number, ...date, ...save };
