"""Categories of other systems in our own short tree, by the words of their names. The first line that fits wins.

Agencies name hundreds of categories after their own offices and programmes; a list of words keeps up with them better
than a list of names. What nothing fits stays without a category, and the name it had there becomes a tag.
"""

from __future__ import annotations

_SIGNS = (
    ("parkir", "parkir, jukir"),
    ("pedagang-kaki-lima", "pkl, pedagang kaki"),
    ("air-bersih", "pdam, air bersih, air minum, penyaluran air"),
    ("taman", "taman, pohon, pemangkasan"),
    ("sampah", "sampah, kebersihan"),
    ("saluran-air", "saluran, drainase, genangan, banjir, sungai, tanggul, gorong, pengerukan"),
    ("penerangan-jalan", "pju, penerangan"),
    ("trotoar", "trotoar, pedestrian"),
    ("jembatan", "jembatan"),
    ("lalu-lintas", "rambu, marka, traffic, warning light, lalu lintas, kemacetan, polisi tidur, speedtrap"),
    ("angkutan-umum", "angkutan, bus, ojek, ojol"),
    ("terminal", "terminal, stasiun, pelabuhan"),
    ("jalan-rusak", "jalan, infrastruktur jalan, paving, pavingisasi, pengaspalan, pelebaran jalan"),
    ("ktp-kk", "ktp, kartu keluarga, kartu identitas, nik, konsolidasi nik, administrasi kependudukan, kependudukan"),
    ("akta", "akta, surat pengantar nikah"),
    ("pindah-datang", "pindah, domisili"),
    ("jaminan-kesehatan", "bpjs, jaminan kesehatan, rujukan"),
    ("rumah-sakit", "rumah sakit, rsud, klinik"),
    ("puskesmas", "puskesmas, pelayanan kesehatan"),
    ("penyakit", "covid, vaksin, fogging, protokol kesehatan, social distancing, jaga jarak, gizi"),
    ("bantuan-pendidikan", "kip, pip, kartu indonesia pintar, program indonesia pintar, beasiswa, bantuan siswa, bos"),
    ("penerimaan-murid", "ppdb"),
    ("pungutan-sekolah", "spp, tunggakan spp"),
    ("guru", "guru, tenaga kependidikan"),
    ("sekolah", "sekolah, lembaga pendidikan, paud, sd, smp, ijazah, pelajar, pendidikan, lapordik"),
    ("perempuan-anak", "kekerasan perempuan, perempuan dan anak, anak"),
    ("disabilitas-lansia", "lansia, disabilitas"),
    ("orang-telantar", "liponsos, orang dengan gangguan jiwa, orang terlantar, gelandangan"),
    ("bantuan-sosial", "mbr, bansos, bantuan sosial, bpnt, pkh, blt, keluarga miskin, permakanan, sosial"),
    ("usaha-kecil", "umkm, koperasi, usaha kecil"),
    ("ketenagakerjaan", "lowongan, ketenagakerjaan, pekerja, pengupahan, phk, hubungan industrial, bursa kerja, padat"),
    ("rumah", "rumah tidak layak, rutilahu, rusunawa"),
    ("bangunan", "pbg, imb, bangunan, tata ruang, tower, dampak pembangunan"),
    ("pertanahan", "tanah, pertanahan, sertifikat, aset, ahli waris"),
    ("pajak", "pbb, pajak, retribusi"),
    ("perizinan", "perizinan, izin"),
    ("pasar", "pasar, harga, perlindungan konsumen"),
    ("pertanian", "pertanian, peternakan, perikanan, pangan"),
    ("pariwisata", "pariwisata, kebudayaan, olahraga, olah raga"),
    ("pencemaran", "pencemaran, limbah, polusi, lingkungan"),
    ("kebakaran", "kebakaran, pemadam"),
    ("bencana", "bencana"),
    ("reklame", "reklame"),
    ("gangguan", "ketertiban, ketenteraman, keresahan, kebisingan, mercon"),
    ("pungli", "pungutan liar, pungli, korupsi"),
    ("kepegawaian", "cpns, pppk, kepegawaian, kinerja, disiplin"),
    ("kelurahan", "kelurahan, kecamatan, kewilayahan, rt, perangkat rt, iuran rt, musrenbang"),
    ("layanan-digital", "website, aplikasi, layanan online, informasi publik, command center"),
    ("pelayanan", "pelayanan petugas, petugas, layanan loket, loket"),
)
_BEGINNINGS = tuple((code, tuple(f" {sign}" for sign in signs.split(", "))) for code, signs in _SIGNS)
_WHOLE = frozenset({"sd", "smp", "rt", "bos", "bus", "pip", "kip", "nik", "anak"})


def category_by_words(name: str) -> str:
    """Return the code of our category for a name such as "Jalan Rusak dan Berlubang", or ""."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in name.casefold()).split())} "
    for code, beginnings in _BEGINNINGS:
        if any((f"{sign} " if sign.strip() in _WHOLE else sign) in words for sign in beginnings):
            return code
    return ""
