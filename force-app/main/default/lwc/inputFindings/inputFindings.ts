import type { Finding } from 'c/modelDraft';

interface Input extends HTMLElement {
  setCustomValidity(message: string): void;
  reportValidity(): boolean;
}

/**
 * Shows each problem beside the input whose `data-path` it is about, and takes away what was shown before.
 * @param template of the component
 * @param findings with paths from what the component edits
 */
export function showFindings(template: ParentNode | null, findings: readonly Finding[]): void {
  for (const input of template?.querySelectorAll<Input>('[data-path]') ?? []) {
    const problem = findings.find(({ kind, path }) => kind === 'problem' && path === input.dataset['path']);
    input.setCustomValidity(problem?.message ?? '');
    input.reportValidity();
  }
}
