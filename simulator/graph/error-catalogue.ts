interface Known {
  httpStatus: number;
  title: string;
  details: string;
}

const known = (httpStatus: number, title: string, details: string): Known => ({
  httpStatus,
  title,
  details,
});

/** Codes with the HTTP status Meta prints for them; titles and details are in our own words. */
const CATALOGUE: Record<number, Known> = {
  0: known(401, 'Authentication failed', 'The app user could not be authenticated'),
  1: known(400, 'Unknown request error', 'Bad call or unknown server error'),
  2: known(503, 'Service unavailable', 'The service is down or overloaded'),
  3: known(500, 'Missing capability', 'The app lacks a capability or permission'),
  4: known(400, 'Too many calls', 'The app reached its call rate limit'),
  10: known(403, 'Permission denied', 'A permission is missing or was taken away'),
  33: known(400, 'Invalid number', 'The business phone number was deleted or its id is wrong'),
  100: known(400, 'Invalid parameter', 'A parameter is invalid or not supported'),
  190: known(401, 'Access token has expired', 'The access token is invalid or has expired'),
  200: known(403, 'Permission missing', 'A permission is missing'),
  368: known(403, 'Blocked for policy violations', 'The account is restricted'),
  80007: known(400, 'Rate limit issues', 'The business account reached its rate limit'),
  130403: known(400, 'User is blocked', 'The business has blocked this user on WhatsApp'),
  130429: known(400, 'Rate limit hit', 'The message throughput of the number was reached'),
  130472: known(400, 'User in experiment', 'The message was not sent as part of an experiment'),
  130497: known(403, 'Country restricted', 'The business may not message users of this country'),
  131000: known(500, 'Something went wrong', 'The message failed for an unknown reason'),
  131005: known(403, 'Access denied', 'A permission is missing'),
  131008: known(400, 'Required parameter is missing', 'A required parameter is missing'),
  131009: known(400, 'Parameter value is not valid', 'The value of a parameter is not valid'),
  131016: known(500, 'Service unavailable', 'A service is temporarily unavailable'),
  131021: known(400, 'Recipient is the sender', 'Sender and recipient are the same number'),
  131026: known(400, 'Message undeliverable', 'The message could not be delivered'),
  131030: known(400, 'Recipient not allowed', 'The number is not in the allow list'),
  131031: known(403, 'Account locked', 'The business account is locked'),
  131042: known(400, 'Payment issue', 'A payment method has a problem'),
  131045: known(500, 'Bad certificate', 'The number is not registered correctly'),
  131047: known(400, 'Re-engagement message', 'More than 24 hours since the user last wrote'),
  131048: known(400, 'Spam rate limit hit', 'Too many earlier messages were blocked or reported'),
  131049: known(400, 'Not delivered', 'Withheld to keep the ecosystem healthy'),
  131050: known(400, 'User stopped marketing', 'The user stopped marketing messages'),
  131051: known(400, 'Unsupported message type', 'The message type is not supported'),
  131052: known(400, 'Media download error', 'The media could not be downloaded'),
  131053: known(400, 'Media upload error', 'The media could not be processed'),
  131056: known(400, 'Pair rate limit hit', 'Too many messages to this user in a short time'),
  131057: known(500, 'Account in maintenance', 'The throughput of the account is being upgraded'),
  131062: known(400, 'Not for this recipient', 'The message cannot be sent to a user id'),
  131060: known(400, 'Message unavailable', 'This message is currently unavailable'),
  132000: known(400, 'Parameter count mismatch', 'The number of parameters does not match'),
  132001: known(404, 'Template does not exist', 'No approved template of that name and language'),
  132005: known(400, 'Template text too long', 'The text filled in is too long'),
  132007: known(400, 'Template policy violated', 'The content violates a policy'),
  132012: known(400, 'Parameter format mismatch', 'A parameter has the wrong format'),
  132015: known(400, 'Template is paused', 'Paused because of low quality'),
  132016: known(400, 'Template is disabled', 'Paused too often, now disabled for good'),
  132018: known(400, 'Template parameter issue', 'A parameter of the template is not valid'),
  133010: known(400, 'Not registered', 'The phone number is not registered'),
  135000: known(400, 'Generic user error', 'The request parameters have an error'),
  137000: known(400, 'Identity mismatch', 'The identity key hash does not match'),
  139100: known(400, 'Failed to block/unblock users', 'Some users failed'),
  139101: known(400, 'Blocklist limit reached', 'The block list is full'),
  139102: known(
    400,
    'Blocklist concurrent update',
    'Blocklist was updated during retrieval - retry with offset 0',
  ),
  // Which is which is a switch of the simulator (`syncRefusals`): their words say no more than both do.
  2593107: known(400, 'Sync request refused', 'Each part once, within 24 hours of joining'),
  2593108: known(400, 'Sync request refused', 'Each part once, within 24 hours of joining'),
  139103: known(400, 'Blocklist internal error', 'Something went wrong in the block list'),
};

export function knownError(code: number): Known {
  return CATALOGUE[code] ?? known(400, 'Request failed', `Error ${code}`);
}

/** Title and details of a code, as statuses and per-user failures print them. */
export function titleOf(code: number, details?: string): { title: string; details: string } {
  const entry = knownError(code);
  return { title: entry.title, details: details ?? entry.details };
}
