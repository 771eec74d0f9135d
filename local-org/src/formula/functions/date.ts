import { datetimeText, dateText } from '../../time.ts';
import { asText, FormulaError } from '../term.ts';
import { strict } from './function.ts';
import type { FormulaFunction } from './function.ts';

const part = (start: number, end: number) =>
  strict(['date'], 'number', (value: string) => Number(value.slice(start, end)));

function toDate(year: number, month: number, day: number): string {
  const text = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  const instant = Date.parse(text);
  if (Number.isNaN(instant) || dateText(instant) !== text) throw new FormulaError(`${text} is not a date`);
  return text;
}

/** The same day some months on; the last day of a month stays the last. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastOf = (offset: number) => new Date(Date.UTC(year, month - 1 + offset + 1, 0)).getUTCDate();
  const target = Math.trunc(months);
  const last = day === lastOf(0) ? lastOf(target) : Math.min(day, lastOf(target));
  return dateText(Date.UTC(year, month - 1 + target, last));
}

/** A date, or the day of a datetime or of text. */
const dateValue: FormulaFunction = {
  takes: [1, 1],
  compile: ({ given: [term], place }) => {
    if (!['date', 'datetime', 'text', 'blank'].includes(term!.type))
      place.refuse(
        `Incorrect parameter type for function 'DATEVALUE()'. Expected Text, DateTime, received ${term!.type}`,
      );
    return {
      type: 'date',
      evaluate: (context) => {
        const value = term!.evaluate(context);
        if (value === null || value === '') return null;
        const day = asText(value).slice(0, 10);
        const [year, month, date] = day.split('-').map(Number);
        return toDate(year!, month!, date!);
      },
    };
  },
};

export const date: Readonly<Record<string, FormulaFunction>> = {
  TODAY: {
    takes: [0, 0],
    compile: ({ place }) => ({ type: 'date', evaluate: (context) => dateText(place.now(context)) }),
  },
  NOW: {
    takes: [0, 0],
    compile: ({ place }) => ({ type: 'datetime', evaluate: (context) => datetimeText(place.now(context)) }),
  },
  DATE: strict(['number', 'number', 'number'], 'date', toDate),
  DATEVALUE: dateValue,
  ADDMONTHS: strict(['date', 'number'], 'date', addMonths),
  YEAR: part(0, 4),
  MONTH: part(5, 7),
  DAY: part(8, 10),
  WEEKDAY: strict(['date'], 'number', (value: string) => new Date(value).getUTCDay() + 1),
};
