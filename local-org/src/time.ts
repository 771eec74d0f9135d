/** An instant as Salesforce writes a datetime. Equal text is an equal instant, and text order is time order. */
export const datetimeText = (instant: number) => new Date(instant).toISOString().replace('Z', '+0000');

/** The day of an instant. The local org lives in GMT. */
export const dateText = (instant: number) => new Date(instant).toISOString().slice(0, 10);
