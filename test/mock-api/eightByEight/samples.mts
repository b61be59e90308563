/** The samples of "Get WhatsApp Flow details" and, at the end, "Send message", verbatim. */

export const DETAILS = `{
"flowId":"822625023859371",
"flowJsonUrl":"https://mmg.whatsapp.net/m1/v/t24/An-a1LjKk34-zpvJMd&_nc_sid=471",
"name":"Example flow",
"status":"DRAFT",
"categories":[
"OTHER"
],
"validationErrors":[
{
"error":"INVALID_PROPERTY_VALUE",
"errorType":"FLOW_JSON_ERROR",
"message":"Invalid value found for property 'type'.",
"lineStart":1,
"lineEnd":1,
"columnStart":84,
"columnEnd":92,
"pointers":[
{
"lineStart":1,
"lineEnd":1,
"columnStart":84,
"columnEnd":92,
"path":"screens[0].layout.children[0].children[0].type"
}
]
}
]
}`;

/** The page shows the same flow under two headings. */
export const WITH_VALIDATION_ERRORS = DETAILS;

export const WITHOUT_ERRORS = `{
"flowId":"822625023859371",
"flowJsonUrl":"https://mmg.whatsapp.net/m1/v/t24/An-a1LjKk34-zpvJMd&_nc_sid=471",
"name":"Example flow",
"status":"PUBLISHED",
"categories":[
"OTHER"
]
}`;

export const BAD_REQUEST_1001 = `{
"code":1001,
"message":"Provided subAccountId doesn't belongs to your account",
"errorId":"91b106f0-c0da-4aba-a43a-7af9c5893a80",
"timestamp":"2017-04-19T02:31:19.4297387+00:00"
}`;

export const BAD_REQUEST_1002 = `{
"code":1002,
"message":"Invalid MSISDN format (not E.164 international number)",
"errorId":"b4478860-b76c-e811-814e-022a35cc1c71",
"timestamp":"2018-08-04T09:25:40.9235752+00:00"
}`;

export const UNAUTHORIZED_1001 = `{
"code":1001,
"message":"Provided subAccountId doesn't belongs to your account",
"errorId":"91b106f0-c0da-4aba-a43a-7af9c5893a80",
"timestamp":"2017-04-19T02:31:19.4297387+00:00"
}`;

export const UNAUTHORIZED_1200 = `{
"code":1200,
"message":"Request was not authenticated properly",
"errorId":"db9dced4-3534-4d86-9d18-6b448af0d621",
"timestamp":"2018-08-02T09:42:38.8988997+00:00"
}`;

export const FAULT_1001 = `{
"code":1001,
"message":"Provided subAccountId doesn't belongs to your account",
"errorId":"91b106f0-c0da-4aba-a43a-7af9c5893a80",
"timestamp":"2017-04-19T02:31:19.4297387+00:00"
}`;

export const FAULT_2000 = `{
"code":2000,
"message":"Internal server error",
"errorId":"db9dced4-3534-4d86-9d18-6b448af0d621",
"timestamp":"2018-07-02T09:42:38.8988997+00:00"
}`;

export const SENT = `{
"umid":"82188ee0-109f-e811-8150-020897df5459",
"user":{
"msisdn":"+6512341234"
},
"clientMessageId":"1234_id",
"status":{
"state":"queued",
"timestamp":"2021-01-04T08:19:45.99Z"
}
}`;

/** One message of the sample of "Send message batch", shortened. */
export const REJECTED = `{
"umid":"82188ee0-109f-e811-8150-020897df5459",
"status":{
"state":"rejected",
"errorCode":3038,
"errorMessage":"Template not found"
}
}`;

export const FLOW_MESSAGE = `{
"user":{
"msisdn":"+6500000000",
"channelUserId":"US.13491208655302741918"
},
"type":"interactive",
"content":{
"interactive":{
"type":"flow",
"header":{
"type":"text",
"text":"Customer Feedback!"
},
"body":{
"text":"Your feedback ensures we continually improove. Please click below to share your thoughts on your recent visit. Thank you in advance!"
},
"action":{
"parameters":{
"flowId":"<Insert flow Id here>",
"flowCta":"Share Feedback"
}
},
"footer":{
"text":"We appreciate your support!"
}
}
}
}`;

export const FLOW_TEMPLATE = `{
"user":{
"msisdn":"+6500000000",
"channelUserId":"US.13491208655302741918"
},
"type":"template",
"content":{
"template":{
"language":"en_US",
"name":"<Insert Template Name>",
"components":[
{
"type":"button",
"subType":"flow",
"index":0,
"parameters":[
{
"type":"action"
}
]
}
]
}
}
}`;
