import all from '@salesforce/label/c.Timeline_Filter_All';
import emails from '@salesforce/label/c.Timeline_Filter_Emails';
import pages from '@salesforce/label/c.Timeline_Filter_Pages';
import forms from '@salesforce/label/c.Timeline_Filter_Forms';
import meetings from '@salesforce/label/c.Timeline_Filter_Meetings';

/** What the list can be narrowed to: patterns of engagement types. */
export const FILTERS = [
  { label: all, value: '%' },
  { label: emails, value: 'email.%' },
  { label: pages, value: 'page.%' },
  { label: forms, value: 'form.%' },
  { label: meetings, value: 'meeting.%' },
];

export const EVERYTHING = '%';
