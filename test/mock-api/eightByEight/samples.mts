/** The samples of "Get WhatsApp Flow details", verbatim. */

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
