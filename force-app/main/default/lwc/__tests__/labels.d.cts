/** The texts of the custom labels, by name: in English, or in the language of a translation. */
export function labelsIn(language?: string): Map<string, string>;
/** From now on components that are imported have the real labels instead of their names. */
export function useLabels(language?: string): void;
