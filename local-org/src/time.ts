/** An instant as Salesforce writes a datetime. Equal text is an equal instant, and text order is time order. */
export function datetimeText(instant: number): string {
  // The rows of a batch are saved in the same few milliseconds.
  if (instant !== last.instant) last = { instant, text: `${new Date(instant).toISOString().slice(0, -1)}+0000` };
  return last.text;
}

let last = { instant: NaN, text: '' };

/** The day of an instant. The local org lives in GMT. */
export const dateText = (instant: number) => new Date(instant).toISOString().slice(0, 10);
