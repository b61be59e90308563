/** The samples of Kaleyra's pages, verbatim, with the digits that the pages mask with X or x. */

export const GET_FLOWS_REQUEST = `curl --location --request GET 'https://api.in.kaleyra.io/v2/HXAP16XXXXXX97IN/whatsapp/112xxxxxxxxxx207/flows?fields=id%252Cname%252Cstatus%252Ccategories%252Cvalidation_errors' \\
--header 'api-key: Axxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx3'\\
--header 'Content-Type: application/json'`;

export const GET_FLOW_DETAILS_REQUEST = `curl --location GET 'https://api.in.kaleyra.io/v2/HXAP16XXXXXX97IN/whatsapp/11576XXXXXXXXXX0?fields=validation_errors%252Cjson_version%252Cdata_api_version%252Cendpoint_uri%252Cwhatsapp_business_account%252Capplication%252Chealth_status' \\
--header 'api-key: Axxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx3'`;

export const PUBLISH_FLOW_REQUEST = `curl --location --request POST 'https://api.in.kaleyra.io/v2/HXAP16XXXXXX97IN/whatsapp/112xxxxxxxxxx207/publish' \\
--header 'api-key: Axxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx3' \\
--header 'Content-Type: application/json'`;

export const UPDATE_FLOW_METADATA_REQUEST = `curl --location --request POST \\ 'https://<api_domain>/v2/HXAP16XXXXXX97IN/whatsapp/12XXXXXXXXXXXXX' \\
--header 'api-key: Axxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx3' \\
--data '{
  "name": "This is the first flow",
  "endpoint_uri" : "https://www.tatacommunications.com/",
  "categories": [ "SIGN_IN" ]
}' `;

export const FLOWS = `{
"data": [
{
"id": "flow-1",
"name": "flow 1",
"status": "DRAFT",
"categories": [ "CONTACT_US" ],
"validation_errors": []
},
{
"id": "flow-2",
"name": "flow 2",
"status": "PUBLISHED",
"categories": [ "SURVEY" ],
"validation_errors": []
},
{
"id": "flow-3",
"name": "flow 3",
"status": "DRAFT",
"categories": [ "LEAD_GENERATION" ],
"validation_errors": []
}
],
"paging": {
"cursors": {
"before": "QVFI...",
"after": "QVFI..."
}
}
}`;

export const DETAILS_WITH_FIELDS = `{
    "application": {
        "id": "11576XXXXXXXXXX0",
        "link": "https://www.kaleyra.com/",
        "name": "WA Business APP"
    },
    "health_status": {
        "can_send_message": "AVAILABLE",
        "entities": [
            {
                "can_send_message": "AVAILABLE",
                "entity_type": "FLOW",
                "id": "156XXXXXXXXXXXXX"
            },
            {
                "can_send_message": "AVAILABLE",
                "entity_type": "WABA",
                "id": "295XXXXXXXXXXXX"
            },
            {
                "can_send_message": "AVAILABLE",
                "entity_type": "BUSINESS",
                "id": "109XXXXXXXXXXXX0"
            },
            {
                "can_send_message": "AVAILABLE",
                "entity_type": "APP",
                "id": "115XXXXXXXXXXXXX"
            }
        ]
    },
    "id": "612XXXXXXXXXXXX",
    "json_version": "3.0",
    "validation_errors": [],
    "whatsapp_business_account": {
        "currency": "INR",
        "id": "295XXXXXXXXXXXX",
        "message_template_namespace": "1c9639a3_37b1_4ca9_8b72_295eXXXXXXde",
        "name": "Kaleyra_ATU_STG",
        "timezone_id": "476"
    }
}`;

export const DETAILS = `{
    "categories": [
        "APPOINTMENT_BOOKING"
    ],
    "id": "1789XXXXXXXXXXXX",
    "name": "Demo Flow Stage 6",
    "status": "DRAFT",
    "validation_errors": []
}`;

export const PUBLISHED = `{
  "success": true
}`;

export const UPDATED = `{
    "code": "WA200",
    "message": "Request Processed Successfully",
    "data": {
        "success": true
    },
    "error": {}
}`;

/** Get Flow Details, examples in the table of `fields`. */
export const VALIDATION_ERRORS = `[{"error": "INVALID_PROPERTY_VALUE" ,"error_type": "FLOW_JSON_ERROR","message": "Invalid value found for property 'type'.","line_start": 10,"line_end": 10,"column_start": 21,"column_end": 34,"pointers": [{"line_start": 10,"line_end": 10,"column_start": 21,"column_end": 34,"path": "screens [0]. layout.children [0].type"}]}]`;

export const WHATSAPP_BUSINESS_ACCOUNT = `"whatsapp_business_account": {
"currency": "EUR",
"id": "121289XXXXXX655",
"message_template_namespace": "6418bd11_8f3c_41e2_9XXa_907697fXXXXX",
"name": "Kaleyra host",
"timezone_id": "74"
}`;

export const APPLICATION = `"application": {
"id": "app-1234XXXXX5",
"name": "My Sample App",
"link": "https://developers.facebook.com/apps/app-1234567XXX/"
}`;

/** Not valid JSON: after `entities` follows a second list. */
export const HEALTH_STATUS = `{
"can_send_message": "AVAILABLE",
"entities": [
{
"can_send_message": "AVAILABLE",
"entity_type": "FLOW",
"id": "156XXXXXXXXXXXXX"
},
{
"can_send_message": "AVAILABLE",
"entity_type": "WABA",
"id": "295XXXXXXXXXXXX"
},
{
"can_send_message": "AVAILABLE",
"entity_type": "BUSINESS",
"id": "109XXXXXXXXXXXX0"
},
{
"can_send_message": "AVAILABLE",
"entity_type": "APP",
"id": "115XXXXXXXXXXXXX"
}
][
{
"can_send_message": "AVAILABLE",
"entity_type": "FLOW",
"id": "156XXXXXXXXXXXXX"
},
{
"can_send_message": "AVAILABLE",
"entity_type": "WABA",
"id": "295XXXXXXXXXXXX"
},
{
"can_send_message": "AVAILABLE",
"entity_type": "BUSINESS",
"id": "109XXXXXXXXXXXX0"
},
{
"can_send_message": "AVAILABLE",
"entity_type": "APP",
"id": "115XXXXXXXXXXXXX"
}
]
}`;

export const UNAUTHORIZED = `{
    "code": "RBC001",
    "message": "Incorrect SID or API key.",
    "data": [],
    "error": {
        "error": "Incorrect SID or API key."
    }
}`;

export const WRONG_ACCOUNT = `{
    "code": "WA-401",
    "message": "API is not available for given customer.Please contact support for more info",
    "data": {},
    "error": "API is not available for given customer.Please contact support for more info"
}`;

export const INCORRECT_PAYLOAD = `{
    "code": "WA-400",
    "message": "Refer to correct payload format",
    "data": {},
    "error": {
        "payload": "Incorrect payload format"
    }
}`;

export const INTERNAL_SERVER_ERROR = `{
    "code": "WA-500",
    "message": "Please try again later",
    "data": {},
    "error": {
        "error": "Internal server error"
    }
}`;

/** On Publish Flow and Update Flow Metadata, below the heading 500 Internal Server Error. */
export const UNKNOWN_FLOW = `{
    "code": "WA-401",
    "message": "The flow_id either does not exist or does not belong to the account.",
    "data": {},
    "error": {
        "flow_id": "The flow_id either does not exist or does not belong to the account."
    }
}`;

/** Get Flows by WABA ID shows the same errors without indentation. */
export const unindent = (sample: string) => sample.replaceAll(/^ +/gm, '');
