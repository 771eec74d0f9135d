import emailSent from '@salesforce/label/c.Engagement_Email_Sent';
import emailDelivered from '@salesforce/label/c.Engagement_Email_Delivered';
import emailDefer from '@salesforce/label/c.Engagement_Email_Defer';
import emailBounce from '@salesforce/label/c.Engagement_Email_Bounce';
import emailDrop from '@salesforce/label/c.Engagement_Email_Drop';
import emailOpen from '@salesforce/label/c.Engagement_Email_Open';
import emailClick from '@salesforce/label/c.Engagement_Email_Click';
import emailReply from '@salesforce/label/c.Engagement_Email_Reply';
import emailForward from '@salesforce/label/c.Engagement_Email_Forward';
import emailShare from '@salesforce/label/c.Engagement_Email_Share';
import emailComplaint from '@salesforce/label/c.Engagement_Email_Complaint';
import emailUnsubscribe from '@salesforce/label/c.Engagement_Email_Unsubscribe';
import emailResubscribe from '@salesforce/label/c.Engagement_Email_Resubscribe';
import emailSuppress from '@salesforce/label/c.Engagement_Email_Suppress';
import smsSent from '@salesforce/label/c.Engagement_Sms_Sent';
import smsDelivered from '@salesforce/label/c.Engagement_Sms_Delivered';
import smsFail from '@salesforce/label/c.Engagement_Sms_Fail';
import smsClick from '@salesforce/label/c.Engagement_Sms_Click';
import smsReply from '@salesforce/label/c.Engagement_Sms_Reply';
import smsUnsubscribe from '@salesforce/label/c.Engagement_Sms_Unsubscribe';
import listSubscribe from '@salesforce/label/c.Engagement_List_Subscribe';
import listUnsubscribe from '@salesforce/label/c.Engagement_List_Unsubscribe';
import formSubmit from '@salesforce/label/c.Engagement_Form_Submit';
import pageView from '@salesforce/label/c.Engagement_Page_View';
import meetingBook from '@salesforce/label/c.Engagement_Meeting_Book';
import meetingCancel from '@salesforce/label/c.Engagement_Meeting_Cancel';
import meetingNoShow from '@salesforce/label/c.Engagement_Meeting_No_Show';
import tagAdd from '@salesforce/label/c.Engagement_Tag_Add';
import tagRemove from '@salesforce/label/c.Engagement_Tag_Remove';
import campaignRespond from '@salesforce/label/c.Engagement_Campaign_Respond';
import taskComplete from '@salesforce/label/c.Engagement_Task_Complete';
import dealAdd from '@salesforce/label/c.Engagement_Deal_Add';
import dealUpdate from '@salesforce/label/c.Engagement_Deal_Update';
import dealStage from '@salesforce/label/c.Engagement_Deal_Stage';
import dealTaskAdd from '@salesforce/label/c.Engagement_Deal_Task_Add';
import dealTaskComplete from '@salesforce/label/c.Engagement_Deal_Task_Complete';
import dealNote from '@salesforce/label/c.Engagement_Deal_Note';
import personUpdate from '@salesforce/label/c.Engagement_Person_Update';
import personMerge from '@salesforce/label/c.Engagement_Person_Merge';
import scoreAdjust from '@salesforce/label/c.Engagement_Score_Adjust';

const WORDS: Record<string, string> = {
  'email.sent': emailSent,
  'email.delivered': emailDelivered,
  'email.defer': emailDefer,
  'email.bounce': emailBounce,
  'email.drop': emailDrop,
  'email.open': emailOpen,
  'email.click': emailClick,
  'email.reply': emailReply,
  'email.forward': emailForward,
  'email.share': emailShare,
  'email.complaint': emailComplaint,
  'email.unsubscribe': emailUnsubscribe,
  'email.resubscribe': emailResubscribe,
  'email.suppress': emailSuppress,
  'sms.sent': smsSent,
  'sms.delivered': smsDelivered,
  'sms.fail': smsFail,
  'sms.click': smsClick,
  'sms.reply': smsReply,
  'sms.unsubscribe': smsUnsubscribe,
  'list.subscribe': listSubscribe,
  'list.unsubscribe': listUnsubscribe,
  'form.submit': formSubmit,
  'page.view': pageView,
  'meeting.book': meetingBook,
  'meeting.cancel': meetingCancel,
  'meeting.no_show': meetingNoShow,
  'tag.add': tagAdd,
  'tag.remove': tagRemove,
  'campaign.respond': campaignRespond,
  'task.complete': taskComplete,
  'deal.add': dealAdd,
  'deal.update': dealUpdate,
  'deal.stage': dealStage,
  'deal.task_add': dealTaskAdd,
  'deal.task_complete': dealTaskComplete,
  'deal.note': dealNote,
  'person.update': personUpdate,
  'person.merge': personMerge,
  'score.adjust': scoreAdjust,
};

/** All types of the engagement contract but those that senders name themselves (`custom.*`). */
export const TYPES: readonly string[] = Object.keys(WORDS);

/** An engagement type in words: `email.click` is "Clicked a link in an email"; `custom.trial_started` is "Trial started". */
export function inWords(type: string): string {
  const words = WORDS[type];
  if (words) return words;
  const name = type
    .replace(/^custom\./, '')
    .replaceAll(/[._]+/g, ' ')
    .trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}
