import { flowParameter, resolveFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { DescribedError } from '../../../shared/errors';
import { isObject, parseJson } from '../../../shared/http/json';
import { decodeUtf8, FLOW_JSON_FILE_NAME } from '../../../shared/whatsappFlows/flowJson';
import {
	flowJsonOutputParameters,
	parseBinaryField,
	parseFormat,
} from '../../../shared/whatsappFlows/flowJsonParameters';
import type { FlowOperation } from '../operation';

/** Get Flow Assets: GET /v2/<sid>/whatsapp/<flow_id>/assets, and a download from Meta without the API key. */
export const getJson: FlowOperation = {
	name: 'Download JSON',
	value: 'getJson',
	action: 'Download flow JSON',
	description: "Retrieve a flow's JSON, as a value or as a file",
	writes: false,
	parameters: [
		flowParameter,
		listWabaIdParameter,
		...flowJsonOutputParameters,
		optionsParameter({ writes: false }),
	],
	async execute({ client, getParameter, binary }) {
		const format = parseFormat(getParameter('outputType', 'json'), 'Output Type');
		const field = format === 'file' ? parseBinaryField(getParameter) : undefined;
		const id = await resolveFlowId({ client, getParameter });
		const asset = await client.findFlowJsonAsset(id);
		if (!asset) {
			throw new DescribedError(
				`Flow ${id} has no flow JSON`,
				'Upload one with Update JSON or in WhatsApp Manager.',
				'configuration-invalid',
			);
		}
		const content = await client.downloadAsset(asset);
		if (field !== undefined) {
			const file = { content, fileName: FLOW_JSON_FILE_NAME, mimeType: 'application/json' };
			return [await binary.attach({ id, asset }, field, file)];
		}
		const flowJson = parseJson(decodeUtf8(content));
		if (isObject(flowJson)) return [{ id, flow_json: flowJson, asset }];
		throw new DescribedError(
			`The downloaded file of flow ${id} isn't a JSON object`,
			"Try again. To get the file as it is, set 'Output Type' to Binary File.",
			'temporarily-unavailable',
		);
	},
};
