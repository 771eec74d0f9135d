import { LightningElement, api } from 'lwc';
import type { Finding } from 'c/modelDraft';
import problem from '@salesforce/label/c.Finding_Problem';
import warning from '@salesforce/label/c.Finding_Warning';

const LOOKS: Record<Finding['kind'], { icon: string; variant: string; kindText: string }> = {
  problem: { icon: 'utility:error', variant: 'error', kindText: problem },
  warning: { icon: 'utility:warning', variant: 'warning', kindText: warning },
};

/** Problems and warnings, a line each. */
export default class FindingList extends LightningElement {
  @api findings: Finding[] = [];

  get rows(): { key: number; message: string; icon: string; variant: string; kindText: string }[] {
    return this.findings.map(({ kind, message }, key) => ({ key, message, ...LOOKS[kind] }));
  }
}
