import linkUrl from '@salesforce/label/c.Detail_Link_Url';
import pageUrl from '@salesforce/label/c.Detail_Page_Url';
import pageTitle from '@salesforce/label/c.Detail_Page_Title';
import pageReferrer from '@salesforce/label/c.Detail_Page_Referrer';
import campaignName from '@salesforce/label/c.Detail_Campaign_Name';
import campaignId from '@salesforce/label/c.Detail_Campaign_Id';
import campaignSubject from '@salesforce/label/c.Detail_Campaign_Subject';
import formName from '@salesforce/label/c.Detail_Form_Name';
import formId from '@salesforce/label/c.Detail_Form_Id';
import tagName from '@salesforce/label/c.Detail_Tag_Name';
import listId from '@salesforce/label/c.Detail_List_Id';
import bounceClass from '@salesforce/label/c.Detail_Bounce_Class';
import source from '@salesforce/label/c.Detail_Source';
import occurredAt from '@salesforce/label/c.Detail_Occurred_At';
import points from '@salesforce/label/c.Detail_Points';

/** What an engagement tells, as the engagement contract names it; anything else of it can be named by its path. */
export const DETAILS: { label: string; value: string }[] = [
  { label: linkUrl, value: 'link.url' },
  { label: pageUrl, value: 'page.url' },
  { label: pageTitle, value: 'page.title' },
  { label: pageReferrer, value: 'page.referrer' },
  { label: campaignName, value: 'campaign.name' },
  { label: campaignId, value: 'campaign.id' },
  { label: campaignSubject, value: 'campaign.subject' },
  { label: formName, value: 'form.name' },
  { label: formId, value: 'form.id' },
  { label: tagName, value: 'tag.name' },
  { label: listId, value: 'list.id' },
  { label: bounceClass, value: 'bounce.class' },
  { label: source, value: 'source' },
  { label: occurredAt, value: 'occurredAt' },
  { label: points, value: 'properties.points' },
];
