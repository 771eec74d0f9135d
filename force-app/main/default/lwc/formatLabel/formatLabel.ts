/** Fills `{0}`, `{1}` ... of a label with the values. */
export function formatLabel(label: string, ...values: (string | number)[]): string {
  return label.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}
