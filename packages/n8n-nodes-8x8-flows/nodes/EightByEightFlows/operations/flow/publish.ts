import { validationErrorsOf } from '../../../api/flow';
import { InvalidInput } from '../../../engine/refusal';
import { checkFirst, finalNotice } from '../../../meta/publishFields';
import { refuseFaulty } from '../../../meta/validationErrors';
import { channelField, readChannelId } from '../../fields/channel';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import type { FlowOperation } from '../operation';

/** Publish WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/publish. Cannot be undone. */
export const publish: FlowOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description: 'Make a draft available to customers. Cannot be undone.',
	writes: true,
	fields: [finalNotice, channelField, flowField, optionsField({ writes: true, own: [checkFirst] })],
	async execute({ client, parameter }) {
		const channelId = readChannelId(parameter);
		const id = readFlowId(parameter);
		if (parameter('options.checkFirst', true) !== false) {
			const flow = await client.getFlow(channelId, id);
			if (flow['status'] === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			if (flow['status'] === 'DEPRECATED') {
				throw new InvalidInput(
					`Flow ${id} is DEPRECATED and was not published`,
					'A deprecated flow stays so. Create a flow with Clone Flow ID and publish that one.',
				);
			}
			refuseFaulty(id, validationErrorsOf(flow));
		}
		const confirmed = await client.publishFlow(channelId, id);
		return [{ id, success: true, ...(confirmed && { confirmed_by_status: true }) }];
	},
};
