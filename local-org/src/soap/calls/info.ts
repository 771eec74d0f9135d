import { datetimeText } from '../../time.ts';
import { elements } from '../../xml.ts';
import type { SoapCall } from './call.ts';

/** `getServerTimestamp`: the org's clock. */
export const getServerTimestamp: SoapCall = ({ org }) =>
  `<result>${elements({ timestamp: datetimeText(org.clock()).replace('+0000', 'Z') })}</result>`;

/** `getUserInfo`: who the session belongs to. */
export const getUserInfo: SoapCall = ({ org, user }) => {
  const [organization] = org.query(user, 'SELECT Name FROM Organization').records;
  const [person] = org.query(user, `SELECT ProfileId FROM User WHERE Id = '${user.id}'`).records;
  return `<result>${elements({
    accessibilityMode: 'false',
    chatterExternal: 'false',
    currencySymbol: '$',
    orgAttachmentFileSizeLimit: 5_242_880,
    orgDefaultCurrencyIsoCode: 'USD',
    orgDefaultCurrencyLocale: 'en_US',
    orgDisallowHtmlAttachments: 'false',
    orgHasPersonAccounts: 'false',
    organizationId: org.id,
    organizationMultiCurrency: 'false',
    organizationName: String(organization!['Name']),
    profileId: String(person!['ProfileId']),
    sessionSecondsValid: 7200,
    userEmail: user.email,
    userFullName: user.name,
    userId: user.id,
    userLanguage: 'en_US',
    userLocale: 'en_US',
    userName: user.username,
    userTimeZone: 'GMT',
    userType: 'Standard',
    userUiSkin: 'Theme3',
  })}</result>`;
};
