// The calls of libsrtp 3 that mediasoup's worker makes, on top of libsrtp 2, which is what Debian has.
// Version 3 hides the policy behind a pointer, writes protected packets to a buffer of their own and names lengths by
// size_t; version 2 works in place with int lengths. C++ overloads keep both sets of names apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <srtp2/srtp.h>
#include <string.h>

// Codes that version 2 never returns; the worker only maps them to texts.
constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct SrtpPolicyOnVersion2
{
	::srtp_policy_t policy;
	uint8_t masterKey[SRTP_MAX_KEY_LEN];
};

using srtp_policy_pointer_t = SrtpPolicyOnVersion2*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_pointer_t* policy)
{
	*policy = new (std::nothrow) SrtpPolicyOnVersion2();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_pointer_t policy)
{
	explicit_bzero(policy->masterKey, sizeof policy->masterKey);

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_pointer_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_pointer_t policy, srtp_profile_t profile)
{
	const auto status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	if (status != srtp_err_status_ok)
	{
		return status;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

// Version 2 wants key and salt in one piece, and keeps no copy before srtp_create().
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_pointer_t policy,
  const uint8_t* key,
  size_t keyLength,
  const uint8_t* salt,
  size_t saltLength,
  const uint8_t* /*mki*/,
  size_t /*mkiLength*/)
{
	if (keyLength + saltLength > sizeof policy->masterKey)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->masterKey, key, keyLength);
	std::memcpy(policy->masterKey + keyLength, salt, saltLength);
	policy->policy.key = policy->masterKey;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_pointer_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_pointer_t policy, size_t packets)
{
	policy->policy.window_size = static_cast<unsigned long>(packets);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_pointer_t policy)
{
	return ::srtp_create(session, static_cast<const ::srtp_policy_t*>(&policy->policy));
}

inline srtp_err_status_t srtp_protect(
  srtp_t session,
  const uint8_t* packet,
  size_t packetLength,
  uint8_t* output,
  size_t* outputLength,
  size_t /*mkiIndex*/)
{
	if (*outputLength < packetLength + SRTP_MAX_TRAILER_LEN)
	{
		return srtp_err_status_buffer_small;
	}

	std::memcpy(output, packet, packetLength);

	int length        = static_cast<int>(packetLength);
	const auto status = ::srtp_protect(session, output, &length);

	*outputLength = static_cast<size_t>(length);

	return status;
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session,
  const uint8_t* packet,
  size_t packetLength,
  uint8_t* output,
  size_t* outputLength,
  size_t /*mkiIndex*/)
{
	if (*outputLength < packetLength + SRTP_MAX_TRAILER_LEN + sizeof(uint32_t))
	{
		return srtp_err_status_buffer_small;
	}

	std::memcpy(output, packet, packetLength);

	int length        = static_cast<int>(packetLength);
	const auto status = ::srtp_protect_rtcp(session, output, &length);

	*outputLength = static_cast<size_t>(length);

	return status;
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* packet, size_t packetLength, uint8_t* output, size_t* outputLength)
{
	if (output != packet)
	{
		std::memcpy(output, packet, packetLength);
	}

	int length        = static_cast<int>(packetLength);
	const auto status = ::srtp_unprotect(session, output, &length);

	*outputLength = static_cast<size_t>(length);

	return status;
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* packet, size_t packetLength, uint8_t* output, size_t* outputLength)
{
	if (output != packet)
	{
		std::memcpy(output, packet, packetLength);
	}

	int length        = static_cast<int>(packetLength);
	const auto status = ::srtp_unprotect_rtcp(session, output, &length);

	*outputLength = static_cast<size_t>(length);

	return status;
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return ::srtp_remove_stream(session, ssrc);
}

// From here on the worker's srtp_policy_t is the pointer of version 3.
#define srtp_policy_t srtp_policy_pointer_t
